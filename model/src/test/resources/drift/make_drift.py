#!/usr/bin/env python3
"""Makes drift.tsv: samples and what SciPy finds of them. python3 make_drift.py > drift.tsv

Columns: name, bins, PSI, KS statistic, KS p (Kolmogorov's limit), baseline values, sample values. Values are written so
that they are read back exactly. Made with SciPy 1.17.1.
"""
import numpy, scipy.special, scipy.stats

EMPTY = 0.0001  # share of an empty bin


def psi(baseline, sample, bins):
    ends = numpy.quantile(baseline, numpy.arange(1, bins) / bins, method="inverted_cdf")
    ends = numpy.unique(ends[ends < baseline.max()])
    if not len(ends):
        return float("nan")
    shares = []
    for values in (baseline, sample):
        counts = numpy.bincount(numpy.searchsorted(ends, values, side="left"), minlength=len(ends) + 1)
        shares.append(numpy.where(counts == 0, EMPTY, counts / len(values)))
    p, q = shares
    return float(numpy.sum(scipy.special.rel_entr(q, p) + scipy.special.rel_entr(p, q)))


def line(name, baseline, sample, bins):
    baseline, sample = numpy.asarray(baseline, float), numpy.asarray(sample, float)
    ks = scipy.stats.ks_2samp(baseline, sample).statistic
    n, m = len(baseline), len(sample)
    p = scipy.special.kolmogorov(ks * numpy.sqrt(n * m / (n + m)))
    texts = [",".join(repr(float(v)) for v in values) for values in (baseline, sample)]
    print(name, bins, repr(psi(baseline, sample, bins)), repr(float(ks)), repr(float(p)), *texts, sep="\t")


random = numpy.random.default_rng(20261123)
normal = random.normal(size=200)
line("same", normal, normal, 10)
line("same distribution", normal, random.normal(size=150), 10)
line("shifted", normal, random.normal(loc=0.5, size=120), 10)
line("wider", normal, random.normal(scale=3, size=77), 10)
line("apart", normal, normal + 100, 10)
line("ties", numpy.round(normal), numpy.round(random.normal(loc=0.3, size=90)), 10)
line("many bins", random.exponential(size=300), random.exponential(scale=1.2, size=300), 40)
line("two bins", random.uniform(size=30), random.uniform(size=31), 2)
line("constant", numpy.full(30, 0.5), random.uniform(size=30), 10)
line("nearly constant", [1] * 29 + [2], [1] * 10 + [2] * 20, 10)
line("small", [1, 2, 3, 4, 5], [2, 3, 4, 5, 6, 7], 5)
line("losses", 1 / numpy.arange(1, 101), 1.1 / numpy.arange(1, 81), 10)
