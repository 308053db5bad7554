import torch


def stiffness(pose, motions):
    """What each motion asks of the joints: one gradient for each, in order, in a list."""
    joints = pose.detach().clone().requires_grad_()
    asked = []
    for motion in motions:
        motion(joints).backward()
        asked.append(joints.grad.clone())
        joints.grad.zero_()
    return asked


def stroke(joints):
    return (joints**2).sum()


def rest(joints):
    return joints.sum()


pose = torch.tensor([1.0, -2.0, 0.5])
for gradient in stiffness(pose, [stroke, stroke, rest]):
    print(gradient)
