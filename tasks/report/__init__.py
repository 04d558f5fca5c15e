"""The report stage: one self-contained page about a release, and the same facts as Markdown for the Prefect UI.

Everything shown comes from scrapes, so all of it is escaped: Jinja does it in the page, `artifact` in Markdown.
"""

from tasks.report.artifact import cell, markdown
from tasks.report.glance import summary
from tasks.report.page import write_failed, write_summary
from tasks.report.rejected import rejected_by_reason
from tasks.report.story import stories
from tasks.report.words import COUNTERS

__all__ = ["COUNTERS", "cell", "markdown", "rejected_by_reason", "stories", "summary", "write_failed", "write_summary"]
