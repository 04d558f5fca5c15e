"""For every rule one change to one row that it must catch. A rule without one fails the suite."""

import datetime as dt
from typing import Any

from contracts.registry import CONTRACTS
from tests.contracts.made import NOW, batch

GLOSSED = "云(yun)溪县召开会议。会议强调要抓好春耕。"
BATCH = batch()
ARTICLE = BATCH["articles"]["article_id"][0]
DOCUMENT = ARTICLE[:20]


def paragraph(text: str) -> dict[str, Any]:
    """The first paragraph with another text, and all else as it must then be."""
    return {"text": text, "n_chars": len(text)}


def sentence(text: str) -> dict[str, Any]:
    """The first sentence, likewise."""
    return {"text": text, "start": 0, "end": len(text)}


HAND_MADE: dict[tuple[str, str], dict[str, Any]] = {
    ("documents", "document_id_is_a_sha256"): {"document_id": "ABC"},
    ("documents", "source_is_a_slug"): {"source": "河北日报"},
    ("documents", "media_type_is_type_slash_subtype"): {"media_type": "text"},
    ("documents", "encoding_is_named"): {"encoding": "UTF 8"},
    ("documents", "script_is_an_iso_15924_code_or_mixed"): {"script": "simplified"},
    ("documents", "layout_is_named"): {"layout": ""},
    ("documents", "content_is_part_of_the_text"): {"n_content": 10**6},
    ("documents", "size_is_not_negative"): {"n_bytes": -1},
    ("documents", "counters_are_not_negative"): {"n_lines_joined": -1},
    ("documents", "rows_nest"): {"n_sentences": 0},
    ("documents", "residual_noise_is_a_share"): {"residual_noise": -0.5},
    ("documents", "residual_noise_is_low"): {"residual_noise": 0.5},
    ("documents", "a_document_with_content_yields_an_article"): {"n_articles": 0},
    ("documents", "ordinal_counts_from_one"): {"ordinal": 0},
    ("documents", "no_document_supersedes_itself"): {"superseded_by": BATCH["documents"]["document_id"][0]},
    ("documents", "recipe_version_is_named"): {"recipe_version": " "},
    ("sightings", "document_id_is_a_sha256"): {"document_id": "x"},
    ("sightings", "source_is_a_slug"): {"source": "A b"},
    ("sightings", "place_is_named"): {"source_uri": ""},
    ("articles", "article_id_names_its_document_and_ordinal"): {"ordinal": 7},
    ("articles", "ordinal_is_at_least_one"): {"ordinal": 0, "article_id": f"{DOCUMENT}-a0000"},
    ("articles", "title_is_not_blank"): {"title": "　"},
    ("articles", "title_is_no_longer_than_a_headline"): {"title": "春" * 201},
    ("articles", "title_comes_with_its_original"): {"title": None},
    ("articles", "headline_holds_no_control_or_mark_character"): {"kicker": "a\ufdd0b"},
    ("articles", "title_holds_no_gloss"): {"title": "春(chun)耕会议"},
    ("articles", "kind_is_known"): {"kind": "essay"},
    ("articles", "published_on_is_plausible"): {"published_on": dt.date(3031, 1, 1), "publish_month": "3031-01"},
    ("articles", "date_precision_and_basis_come_together"): {"published_basis": None, "publish_month": "unknown"},
    ("articles", "precision_is_known"): {"published_precision": "hour"},
    ("articles", "basis_is_known"): {"published_basis": "guessed"},
    ("articles", "publish_month_follows_the_date"): {"publish_month": "2031-06"},
    ("articles", "an_article_has_text"): {"n_paragraphs": 0},
    ("articles", "residual_noise_is_a_share"): {"residual_noise": -0.1},
    ("articles", "residual_noise_is_low"): {"residual_noise": 0.5},
    ("paragraphs", "paragraph_id_names_its_article_and_ordinal"): {"ordinal": 9},
    ("paragraphs", "article_id_names_its_document"): {"document_id": "0" * 64},
    ("paragraphs", "ordinal_is_at_least_one"): {"ordinal": -1, "paragraph_id": f"{ARTICLE}-p-001"},
    ("paragraphs", "role_is_known"): {"role": "footer"},
    ("paragraphs", "text_is_not_blank"): paragraph(""),
    ("paragraphs", "n_chars_counts_the_text"): {"n_chars": 1},
    ("paragraphs", "text_holds_no_control_character"): paragraph("春\x85耕"),
    ("paragraphs", "text_holds_no_mark"): paragraph("春\ufdef耕"),
    ("paragraphs", "text_holds_no_invisible_character"): paragraph("春\u200b耕"),
    ("paragraphs", "text_holds_no_replacement_character"): paragraph("春\ufffd耕"),
    ("paragraphs", "text_has_no_outer_space"): paragraph(" 春耕"),
    ("paragraphs", "text_holds_no_gloss"): paragraph(GLOSSED),
    ("paragraphs", "text_holds_no_half_width_mark_in_chinese"): paragraph("春耕,秋收"),
    ("paragraphs", "body_holds_no_space_in_chinese"): paragraph("春耕 秋收"),
    ("paragraphs", "source_start_is_before_its_end"): {"source_end": 0},
    ("paragraphs", "publish_month_is_a_month_or_unknown"): {"publish_month": "May"},
    ("sentences", "sentence_id_names_its_paragraph_and_ordinal"): {"sentence_id": "a-s0001"},
    ("sentences", "paragraph_id_names_its_article"): {"paragraph_id": "p1", "sentence_id": "p1-s0001"},
    ("sentences", "article_id_names_its_document"): {"document_id": "0" * 64},
    ("sentences", "ordinal_is_at_least_one"): {"ordinal": 0, "sentence_id": f"{ARTICLE}-p0001-s0000"},
    ("sentences", "text_is_not_blank"): sentence(" "),
    ("sentences", "text_holds_no_control_character"): sentence("云溪县\n召开会议。"),
    ("sentences", "text_holds_no_mark"): sentence("\ufdd3云溪县"),
    ("sentences", "text_is_no_longer_than_a_sentence"): sentence("春" * 2001),
    ("sentences", "start_and_end_span_the_text"): {"end": 99},
    ("sentences", "source_start_is_not_after_its_end"): {"source_start": 999},
    ("sentences", "publish_month_is_a_month_or_unknown"): {"publish_month": ""},
    ("spans", "span_id_names_its_document_and_ordinal"): {"span_id": "x"},
    ("spans", "ordinal_is_at_least_one"): {"ordinal": 0, "span_id": f"{DOCUMENT}-x000000"},
    ("spans", "start_is_before_end"): {"start": 4, "end": 4, "n_content": 0},
    ("spans", "content_fits_in_the_span"): {"n_content": 99},
    ("spans", "fate_is_known"): {"fate": "lost"},
    ("spans", "a_span_has_a_row_or_a_step"): {"row_id": None},
    ("spans", "only_a_removed_span_keeps_its_text"): {"text": "春"},
    ("anomalies", "anomaly_id_is_not_blank"): {"anomaly_id": ""},
    ("anomalies", "kind_is_named"): {"kind": "No Kind"},
    ("anomalies", "start_is_not_after_end"): {"start": 999},
    ("anomalies", "article_id_names_its_document"): {"article_id": "0" * 20 + "-a0001"},
    ("signatures", "article_id_names_its_document"): {"article_id": "a"},
    ("signatures", "fingerprints_are_sha256"): {"numbers": "12"},
    ("signatures", "bands_are_whole_or_empty"): {"bands": "A"},
    ("signatures", "n_content_is_not_negative"): {"n_content": -1},
    ("continuations", "link_is_named_and_explained"): {"evidence": ""},
    ("continuations", "no_article_continues_itself"): {"to_article_id": ARTICLE},
    ("continuations", "article_id_names_its_document"): {"article_id": "a"},
    ("continuations", "similarity_is_a_share"): {"similarity": 2.0},
    ("duplicates", "link_and_cluster_are_named"): {"cluster": ""},
    ("duplicates", "article_id_names_its_document"): {"article_id": "a"},
    ("duplicates", "only_a_representative_points_at_itself"): {
        "representative": False,
        "other_article_id": ARTICLE,
    },
    ("duplicates", "similarity_is_a_share"): {"similarity": -1.0},
    ("rejections", "document_id_is_a_sha256"): {"document_id": ""},
    ("rejections", "a_rejection_has_a_reason"): {"reason": " "},
    ("rejections", "a_rejected_row_is_kept_whole"): {"row_json": None},
    ("rejections", "n_attempts_is_at_least_one"): {"n_attempts": 0},
    ("failures", "a_failure_names_its_rule"): {"rule": ""},
    ("failures", "severity_is_known"): {"severity": "grave"},
    ("failures", "value_is_cut"): {"value": "春" * 201},
    ("metrics", "a_count_names_its_table_and_rule"): {"table_name": ""},
    ("metrics", "severity_is_known"): {"severity": "grave"},
    ("metrics", "verdict_is_known"): {"verdict": "maybe"},
    ("metrics", "failed_rows_are_among_the_rows_seen"): {"n_failed": 11},
    ("metrics", "value_is_a_finite_number"): {"value": float("inf")},
    ("runs", "state_is_known"): {"state": "stuck"},
    ("runs", "a_run_does_not_end_before_it_starts"): {"finished_at": NOW - dt.timedelta(seconds=1)},
    ("runs", "counts_are_not_negative"): {"n_files": -1},
    ("runs", "release_is_at_least_one"): {"release": 0},
}


def canaries() -> dict[tuple[str, str], dict[str, Any]]:
    """The hand-made ones, and a null for every column that may not be null."""
    nulls = {
        (table, rule.name): {rule.columns[0]: None}
        for table, model in CONTRACTS.items()
        for rule in model.rules()
        if rule.name.endswith("_is_present")
    }
    return {**nulls, **HAND_MADE}


CANARIES = canaries()
