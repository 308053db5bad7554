# How the last person tried it. Lines like this one, with a # in front, are not run.
python whistle.py --song up
