"""Figures on paper and in workbooks: their words, the month report, and the reports that are kept."""
