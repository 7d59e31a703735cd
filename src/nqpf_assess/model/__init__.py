"""Frozen values of the field: questionnaire, weights, answers, scorecard, problem. No reading, no drawing."""
