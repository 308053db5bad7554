import torch


def bottle(model, slate, path):
    was = model.training
    model.train(False)
    example = slate.repeat(3, *[1] * (slate.dim() - 1))
    shapes = ({0: torch.export.Dim.DYNAMIC},)
    torch.export.save(torch.export.export(model, args=(example,), dynamic_shapes=shapes), path)
    model.train(was)


def uncork(path):
    pattern = torch.export.load(path)
    return pattern.module()
