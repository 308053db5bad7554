# mistake: narrowed
import torch


def bill(orders, prices):
    """What each guest owes: (guests, dishes) and (dishes,) to (guests,)."""
    return orders.float() @ prices.float()


def larder(orders, recipes):
    """What each guest eats: (guests, dishes) and (things, dishes) to (guests, things)."""
    return orders.to(recipes.dtype) @ recipes.T


def week(orders, recipes):
    """The same, day by day: (days, guests, dishes) and (days, things, dishes)."""
    # .mT turns each table of the stack; .T would turn the days as well.
    return orders.to(recipes.dtype) @ recipes.mT


def company(orders):
    """For any two guests, their counts multiplied dish by dish and added up: (guests, guests)."""
    return orders @ orders.T


def card(portions, prices):
    """What each size of portion costs of each dish: (portions, dishes)."""
    return torch.outer(portions, prices)


orders = torch.tensor([[1, 0, 2], [0, 3, 1]])  # two guests, three dishes
prices = torch.tensor([0.25, 0.5, 1.5])
print(bill(orders, prices))
recipes = torch.tensor([[0.2, 0.0, 0.1], [3.0, 1.0, 2.0]])  # flour and eggs, for each dish
print(larder(orders, recipes))
print(company(orders))
print(card(torch.tensor([0.5, 1.0]), prices))
