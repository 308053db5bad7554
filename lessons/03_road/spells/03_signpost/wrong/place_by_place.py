# mistake: place-by-place
import torch

turned = "ij->ji"
takings = "ij->i"
all_told = "ij->"
crossing = "i,j->ij"
walk = "ij,jk->ik"
gangs = "bij,bjk->bik"
diagonal = "ii->i"
likeness = "bid,bid->bi"
