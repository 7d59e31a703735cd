"""Make bundles for an office without a network: wheels and an install script for Windows, macOS and Linux.

`python tools/make_bundle.py [--python 3.12] [--only linux,...] [-o dist/bundle]`. A bundle is a folder and a zip of it;
whoever gets it needs Python of that minor version and nothing else. The wheels are those of constraints.txt.
"""

import argparse
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
EXTRAS = "docx,cohort,xlsx,serve"

PLATFORMS = {
    "linux": [f"manylinux_2_{number}_x86_64" for number in (28, 27, 26, 24, 17, 12, 5)],
    "macos": [f"macosx_{number}_0_arm64" for number in (15, 14, 13, 12, 11)] + ["macosx_11_0_universal2"],
    "windows": ["win_amd64"],
}
"""What pip calls the machines of each system, newest first: Linux with glibc 2.28 (2018), macOS 15 on Apple silicon.

Macs with Intel have none: pikepdf is not built for them.
"""

SYSTEMS = {
    "linux": ("Linux", "linux"),
    "macos": ("Darwin", "darwin"),
    "windows": ("Windows", "win32"),
}
"""What each system calls itself."""

MACHINES = {
    "linux": "Linux x86_64, glibc 2.28+",
    "macos": "macOS 15+, Apple silicon",
    "windows": "Windows 10/11 x86_64",
}

KEPT = {
    "linux": "~/.local/share/nqpf-assess, ~/.cache/nqpf-assess",
    "macos": "~/Library/Application Support/nqpf-assess, ~/Library/Caches/nqpf-assess",
    "windows": "%LOCALAPPDATA%\\nqpf-assess",
}
"""Where settings, rescue copies and the answers worked on last lie, which outlive the program's own folder."""

UNIX = """#!/bin/sh
# Installs nqpf-assess without a network into a folder of its own, by default ~/nqpf-assess.
# 不联网安装 nqpf-assess，默认安装到 ~/nqpf-assess。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place=${1:-$HOME/nqpf-assess}
python=${PYTHON:-python@VERSION@}
command -v "$python" >/dev/null 2>&1 || python=python3
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$found" != "@VERSION@" ]; then
  echo "Python @VERSION@ is needed, $found was found; set PYTHON=/path/to/python@VERSION@" >&2
  echo "需要 Python @VERSION@，现有 $found；请设置 PYTHON=/路径/python@VERSION@" >&2
  exit 3
fi
"$python" -m venv "$place"
"$place/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \\
  --find-links "$here/wheels" "nqpf-assess[@EXTRAS@]"
"$place/bin/nqpf-assess" --version
echo "$place/bin/nqpf-assess"
"""

WINDOWS = """@echo off
rem Installs nqpf-assess without a network into a folder of its own, by default %USERPROFILE%\\nqpf-assess.
setlocal
set "PLACE=%~1"
if "%PLACE%"=="" set "PLACE=%USERPROFILE%\\nqpf-assess"
if not exist "%~dp0wheels" (
  echo Unpack the whole zip first, then run install.bat in the folder that comes of it.
  echo 请先将压缩包全部解压，再运行解压后文件夹中的 install.bat。
  goto failed
)
set "PY=py -@VERSION@"
%PY% -c "import sys" >nul 2>&1 || set "PY=python"
%PY% -c "import sys; sys.exit(not sys.version.startswith('@VERSION@.') or sys.maxsize < 2**32)" 2>nul
if errorlevel 1 (
  echo Python @VERSION@ ^(64 bit^) is needed; install it from its own installer first.
  echo 需要 Python @VERSION@（64 位），请先用其安装程序安装。
  goto failed
)
%PY% -m venv "%PLACE%" || goto failed
"%PLACE%\\Scripts\\python.exe" -m pip install --quiet --disable-pip-version-check --no-index ^
  --find-links "%~dp0wheels" "nqpf-assess[@EXTRAS@]" || goto failed
"%PLACE%\\Scripts\\nqpf-assess.exe" --version
echo %PLACE%\\Scripts\\nqpf-assess.exe
if "%~1"=="" pause
exit /b 0
:failed
if "%~1"=="" pause
exit /b 3
"""
"""A double click names no folder, and its window closes with the script: what it says has to be read first.

In GBK, as windows of Chinese systems read it.
"""

README = """nqpf-assess for an office without a network / 供无网络办公环境使用

Needed: @MACHINE@, with Python @VERSION@ (64 bit); nothing else, and no administrator.
需要：@MACHINE@，已装 Python @VERSION@（64 位）；无需其他软件，也无需管理员权限。

Install / 安装:  unpack the whole zip, then / 先全部解压，再运行: @RUN@
Update: run it again with the newer bundle. Remove: delete the folder that it names. To move it, install it anew.
更新：用新安装包再运行一次。卸载：删除其给出的文件夹。该文件夹不能移动或改名，需要时请重新安装。
What is left then, a copy of the answers worked on last too / 卸载后仍留有设置和最近一次答卷的副本: @KEPT@

Start / 启动:  @START@
"""

STARTS = {
    "install.bat": """double-click Scripts\\nqpf-assess.exe in that folder; new answers are kept in your home folder.
双击该文件夹中的 Scripts\\nqpf-assess.exe，新答卷保存在用户主目录。""",
    "install.sh": "type the path that it names / 输入安装后给出的路径",
}
"""How the program is started, by the script that installed it: no shell finds it by its name alone."""


def lacking(wheels: Path, system: str, python: str) -> set[str]:
    """Return what the wheels ask for on a system and is not there: pip looks at the machine that it runs on itself."""
    named, platform = SYSTEMS[system]
    here = {"sys_platform": platform, "platform_system": named, "os_name": "nt" if platform == "win32" else "posix"}
    here |= {"python_version": python, "python_full_version": f"{python}.0", "implementation_name": "cpython"}
    there = {canonicalize_name(file.name.partition("-")[0]) for file in wheels.glob("*.whl")}
    found: set[str] = set()
    for file in wheels.glob("*.whl"):
        with zipfile.ZipFile(file) as packed:
            meta = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
            head = Parser().parsestr(packed.read(meta).decode())
        ours = canonicalize_name(head["Name"]) == "nqpf-assess"
        for line in head.get_all("Requires-Dist") or ():
            asked = Requirement(line)
            extras = ["", *EXTRAS.split(",")] if ours else [""]
            wanted = asked.marker is None or any(asked.marker.evaluate(here | {"extra": extra}) for extra in extras)
            if wanted and canonicalize_name(asked.name) not in there:
                found.add(f"{asked.name}{asked.specifier}")
    return found


def pinned(python: str) -> str:
    """Return the tested versions for a Python: of a marker, pip asks the Python that it runs on itself."""
    pins = [Requirement(line) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    meant = [pin for pin in pins if pin.marker is None or pin.marker.evaluate({"python_version": python})]
    return "".join(f"{pin.name}{pin.specifier}\n" for pin in meant)


def made(system: str, python: str, output: Path, wheel: Path) -> Path:
    """Collect the wheels of one system and write its script; returns the zip."""
    folder = output / f"nqpf-assess-{system}-python{python}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    asked += ["--python-version", python, "--implementation", "cp", "--dest", str(wheels)]
    asked += [part for name in PLATFORMS[system] for part in ("--platform", name)]
    pins = wheel.with_name("constraints.txt")
    pins.write_text(pinned(python), encoding="utf-8")
    wanted = {f"{wheel}[{EXTRAS}]"}
    while wanted:
        subprocess.run([*asked, "-c", str(pins), *sorted(wanted)], check=True)
        wanted = lacking(wheels, system, python)
    script, text = ("install.bat", WINDOWS) if system == "windows" else ("install.sh", UNIX)
    run = "install.bat" if system == "windows" else "sh install.sh"
    for name, words in ((script, text), ("README.txt", README)):
        filled = words.replace("@VERSION@", python).replace("@EXTRAS@", EXTRAS).replace("@RUN@", run)
        filled = filled.replace("@MACHINE@", MACHINES[system]).replace("@START@", STARTS[script])
        filled = filled.replace("@KEPT@", KEPT[system])
        lines = "\r\n" if system == "windows" else "\n"
        encoding = {"README.txt": "utf-8-sig", "install.bat": "gbk"}.get(name, "utf-8")
        (folder / name).write_text(filled, encoding=encoding, newline=lines)
    if script == "install.sh":
        (folder / script).chmod(0o755)
    return Path(shutil.make_archive(str(folder), "zip", output, folder.name))


def main() -> None:
    """Build our wheel, then a bundle for each system that was asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--python", default="3.12", help="minor version of Python at the office")
    options.add_argument("--only", default=",".join(PLATFORMS), help="systems, with commas between")
    options.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "bundle")
    asked = options.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    built = asked.output / "own"
    shutil.rmtree(built, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", str(built), str(ROOT)], check=True)
    (wheel,) = built.glob("*.whl")
    for system in asked.only.split(","):
        print(made(system, asked.python, asked.output, wheel))
    shutil.rmtree(built)


if __name__ == "__main__":
    main()
