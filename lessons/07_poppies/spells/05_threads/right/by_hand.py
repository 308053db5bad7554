import torch


def tie(batch):
    longest = max(len(thread) for thread, _ in batch)
    threads = torch.zeros(len(batch), longest, dtype=batch[0][0].dtype)
    lengths = torch.zeros(len(batch), dtype=torch.int64)
    mice = torch.zeros(len(batch), dtype=torch.int64)
    for row, (thread, mouse) in enumerate(batch):
        threads[row, : len(thread)] = thread
        lengths[row] = len(thread)
        mice[row] = mouse
    return threads, lengths, mice


def pull(threads, lengths):
    means = [
        thread[:n].mean() if n else thread.new_tensor(0.0)
        for thread, n in zip(threads, lengths.tolist())
    ]
    return torch.stack(means)
