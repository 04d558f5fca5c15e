-- What a lake holds, in DuckDB:  duckdb -readonly lake/catalog.duckdb < deployments/bi/first_look.sql
FROM this_release;

SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name;

SELECT publish_month, source, count(*) AS articles, sum(n_sentences) AS sentences
FROM v_articles GROUP BY ALL ORDER BY ALL;

SELECT source, n_documents, n_rejected, round(100 * rejected_share, 1) AS rejected_percent, n_articles, n_dated,
       last_published_on, last_arrival, round(residual_noise, 4) AS residual_noise
FROM dim_source ORDER BY source;

SELECT step, count(*) AS pieces, sum(n_chars) AS characters FROM removals GROUP BY step ORDER BY characters DESC;
