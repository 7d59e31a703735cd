"""`weights derive TABLE...`: weights from the spread of many scores; the same as `cohort weights`."""

from nqpf_assess.cli.cohort_weights import command as of_cohort
from nqpf_assess.cli.commands import BilingualCommand
from nqpf_assess.cli.weights import STEPS

command = BilingualCommand("derive", callback=of_cohort.callback, params=of_cohort.params)
command.about = STEPS["derive"]
