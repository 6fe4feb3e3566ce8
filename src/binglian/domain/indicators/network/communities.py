"""Groups that work together more than chance would have it: modularity, greedily raised.

The method of Louvain, without chance: nodes move in the order of their ids, ties go to the
smallest group, so the same network always falls into the same groups. Our own forty lines rather
than a graph library, of which nothing else would be used.

References
----------
V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre (2008), Fast unfolding of communities in
large networks, J. Stat. Mech. P10008.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

#: Ends of an edge → its weight, > 0.
Weights = Mapping[tuple[int, int], float]
#: Node → neighbour → weight; a loop holds the weight inside a merged node, counted twice.
Graph = dict[int, dict[int, float]]

_SAME = 1e-12


def communities(weights: Weights) -> dict[int, int]:
    """Node → group; groups are numbered from 0, the largest first."""
    graph = _graph(weights)
    group = {node: node for node in graph}
    while graph:
        found = _moved(graph)
        if len(set(found.values())) == len(graph):
            break
        group = {node: found[at] for node, at in group.items()}
        graph = _merged(graph, found)
    return _numbered(group)


def modularity(weights: Weights, group: Mapping[int, int]) -> float:
    """By how much more weight lies inside groups than chance would put there; −½ … 1."""
    total = sum(weights.values())
    if not total:
        return 0.0
    inside: dict[int, float] = defaultdict(float)
    degree: dict[int, float] = defaultdict(float)
    for (a, b), weight in weights.items():
        inside[group[a]] += weight if group[a] == group[b] else 0
        degree[group[a]] += weight
        degree[group[b]] += weight
    return sum(inside[g] / total - (degree[g] / (2 * total)) ** 2 for g in degree)


def _graph(weights: Weights) -> Graph:
    graph: Graph = defaultdict(lambda: defaultdict(float))
    for (a, b), weight in weights.items():
        graph[a][b] += weight
        graph[b][a] += weight
    return {node: dict(graph[node]) for node in sorted(graph)}


def _moved(graph: Graph) -> dict[int, int]:
    """Each node to the neighbouring group that raises modularity most, until none does."""
    degree = {node: sum(near.values()) for node, near in graph.items()}
    total = sum(degree.values())
    group = {node: node for node in graph}
    of_group = dict(degree)
    while True:
        has_moved = False
        for node, near in graph.items():
            links: dict[int, float] = defaultdict(float)
            for other, weight in near.items():
                if other != node:
                    links[group[other]] += weight
            own = group[node]
            of_group[own] -= degree[node]
            gains = {
                one: links[one] - of_group[one] * degree[node] / total for one in {*links, own}
            }
            best = min(gains, key=lambda one: (-gains[one], one))
            best = best if gains[best] > gains[own] + _SAME else own
            of_group[best] += degree[node]
            has_moved |= best != own
            group[node] = best
        if not has_moved:
            return group


def _merged(graph: Graph, group: Mapping[int, int]) -> Graph:
    merged: Graph = {one: {} for one in sorted(set(group.values()))}
    for node, near in graph.items():
        row = merged[group[node]]
        for other, weight in near.items():
            row[group[other]] = row.get(group[other], 0.0) + weight
    return merged


def _numbered(group: Mapping[int, int]) -> dict[int, int]:
    members: dict[int, list[int]] = defaultdict(list)
    for node, at in sorted(group.items()):
        members[at].append(node)
    order = sorted(members.values(), key=lambda nodes: (-len(nodes), nodes))
    return {node: number for number, nodes in enumerate(order) for node in nodes}
