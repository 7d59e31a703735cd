"""The figures of the report: own drawings on a fixed scale, told apart by shape and dash, readable in grey."""
