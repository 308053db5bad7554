import torch
import torch.nn.functional as F


def linear_attention(Q, K, V):
    phi_q = torch.where(Q > 0, Q + 1, Q.clamp(max=0).exp())
    phi_k = torch.where(K > 0, K + 1, K.clamp(max=0).exp())
    kv = torch.einsum("nkd,nkv->ndv", phi_k, V)
    z = torch.einsum("nqd,nd->nq", phi_q, phi_k.sum(1))
    return torch.einsum("nqd,ndv->nqv", phi_q, kv) / z.unsqueeze(-1)
