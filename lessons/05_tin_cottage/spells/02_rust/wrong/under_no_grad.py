# mistake: no-graph
import torch


def stiffness(pose, motions):
    """What each motion asks of the joints: one gradient for each, in order, in a list."""
    asked = []
    for motion in motions:
        joints = pose.detach().clone().requires_grad_()
        with torch.no_grad():
            moved = motion(joints)
        moved.backward()
        asked.append(joints.grad)
    return asked


def stroke(joints):
    return (joints**2).sum()


def rest(joints):
    return joints.sum()


pose = torch.tensor([1.0, -2.0, 0.5])
for gradient in stiffness(pose, [stroke, stroke, rest]):
    print(gradient)
