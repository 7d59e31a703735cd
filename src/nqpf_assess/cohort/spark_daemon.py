"""What Spark starts on one machine to split workers off: it has the program imported, so that no worker has to.

Run as `python -m nqpf_assess.cohort.spark_daemon pyspark.worker`, by Spark, whose own daemon it is but for that.
"""

from pyspark.daemon import manager

from nqpf_assess.cohort import spark  # noqa: F401
from nqpf_assess.cohort.engines import leave_pandas_out

if __name__ == "__main__":
    leave_pandas_out()
    manager()
