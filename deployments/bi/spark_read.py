"""Read a lake with Spark: every table as a view of one release, its rows, and an example of a query.

python spark_read.py LAKE    in an environment with pyspark
"""

import sys
from pathlib import Path

from pyspark.sql import SparkSession

# `current` is a link that the next release moves: resolved once, all tables are of one release
release = (Path(sys.argv[1]) / "current").resolve()
spark = (
    SparkSession.builder.appName("qingliu")
    .config("spark.sql.session.timeZone", "UTC")
    # a month or a source is text, even where every one of them looks like a number
    .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
for table in sorted(folder.name for folder in release.iterdir()):
    frame = spark.read.parquet(str(release / table))
    frame.createOrReplaceTempView(table)
    print(f"{table:15} {frame.count():>12}")
spark.sql(
    "SELECT publish_month, source, count(*) AS articles FROM articles GROUP BY publish_month, source "
    "ORDER BY publish_month, source"
).show(50, truncate=False)
