"""Number formats of dates and times that a Chinese Excel has built in (ECMA-376, 18.8.30).

A workbook has them by their numbers alone: 57 shows 45444 as 2024年6月. Libraries know those of all languages only.
"""

from collections.abc import Mapping

_MONTH, _DAY, _MONTH_DAY = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
_HOUR, _SECOND = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
CHINESE_FORMATS: Mapping[int, str] = {
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: _DAY,
    **dict.fromkeys((32, 34, 55), _HOUR),
    **dict.fromkeys((33, 35, 56), _SECOND),
}
