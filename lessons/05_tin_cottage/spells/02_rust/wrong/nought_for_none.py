# mistake: nought-for-none
import torch


def stiffness(pose, motions):
    """What each motion asks of the joints: one gradient for each, in order, in a list."""
    joints = pose.detach().clone().requires_grad_()
    asked = []
    for motion in motions:
        motion(joints).backward()
        asked.append(joints.grad)
        joints.grad = 0
    return asked
