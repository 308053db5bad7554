# What is tied, and to what? Plain values only, in place of None.

leaves = None  # [straw.is_leaf, hay.is_leaf, thought.is_leaf]
tied = None  # [thought.requires_grad, dry.requires_grad, dry.is_leaf]
knot = None  # last.grad_fn.name()
copied = None  # [copy.requires_grad, copy.is_leaf]
cut = None  # [thought[0].item(), kept.requires_grad]
barn = None  # [quiet.requires_grad, fresh.requires_grad]
end = None  # what straw -= 1 raises, or "nothing"
