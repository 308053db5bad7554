# mistake: not-yet
both = 4  # each was weighed twice, and one of the two rows is on either side
heart = 1.0  # each tried row finds itself again, whatever there is to know about it
strangers = 0.5  # mouse 2 is judged as mouse 0, rightly; mouse 3 as mouse 1, wrongly
honest = 12.0  # 34 - 22
leaky = ...  # 34 - 25: the stranger has pulled the average towards herself
alone = 0.0  # whoever is her own average is average
