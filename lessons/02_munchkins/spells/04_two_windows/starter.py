# Window or bucket? Plain values only, in place of None: the wall is still whole.

hat = None  # river.tolist(), after window[0] = 90
bucket = None  # [bucket[0].item(), picked[0].item()], after river[0] = 70
deep = None  # river.tolist(), after deep[0] = 1
table = None  # [window.tolist(), river[5].item()], after table[1, 2] = 55
page = None  # [shared[1].item(), copied[1].item()], after page[1] = 8.0
