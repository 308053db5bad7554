# mistake: rust-in-the-pose
import torch


def stiffness(pose, motions):
    """What each motion asks of the joints: one gradient for each, in order, in a list."""
    asked = []
    joints = pose if pose.requires_grad else pose.clone().requires_grad_()
    for motion in motions:
        joints.grad = None
        motion(joints).backward()
        asked.append(joints.grad)
    return asked


def stroke(joints):
    return (joints**2).sum()


def rest(joints):
    return joints.sum()


pose = torch.tensor([1.0, -2.0, 0.5])
for gradient in stiffness(pose, [stroke, stroke, rest]):
    print(gradient)
