"""A real cluster on this machine: a master and two workers, each a process of its own, on the loopback address."""

from placeplan.app.segments.spark_session import SessionRequest

# The processes live for seconds, so their compilers should not spend minutes on what runs once.
_BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
TWO_WORKERS = SessionRequest(
    master="local-cluster[2,1,1024]",
    conf={
        "spark.driver.extraJavaOptions": _BRIEF,
        "spark.executor.extraJavaOptions": _BRIEF,
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
    },
)
