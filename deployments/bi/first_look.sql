-- What a lake holds, in DuckDB:  duckdb -readonly lake/catalog.duckdb < deployments/bi/first_look.sql
FROM this_release;

SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name;

SELECT publish_month, source, count(*) AS articles, sum(n_sentences) AS sentences
FROM v_articles GROUP BY ALL ORDER BY ALL;

SELECT s.source, s.documents, coalesce(r.rejected, 0) AS rejected,
       round(100.0 * coalesce(r.rejected, 0) / (s.documents + coalesce(r.rejected, 0)), 1) AS rejected_percent
FROM (SELECT source, count(*) AS documents FROM documents GROUP BY source) s
LEFT JOIN (SELECT source, count(DISTINCT document_id) AS rejected FROM rejections GROUP BY source) r USING (source)
ORDER BY s.source;

SELECT step, count(*) AS pieces, sum("end" - start) AS characters FROM removals GROUP BY step ORDER BY characters DESC;

SELECT source, round(avg(residual_noise), 4) AS residual_noise FROM v_articles GROUP BY source ORDER BY source;
