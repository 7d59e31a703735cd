"""Assessments and scores in the forms of other programs."""
