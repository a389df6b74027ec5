import numpy as np

from app.knowledge.vectors import ChromaVectors, ExactVectors, collection_name


def test_chroma_and_the_exact_scan_agree():
    random = np.random.default_rng(1)
    matrix = random.normal(size=(500, 16)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    name = collection_name(version=1, audience="public", embedder_id="test")
    chroma = ChromaVectors(name, matrix)

    shared = [set(chroma.nearest(row, 10)) & set(ExactVectors(matrix).nearest(row, 10)) for row in matrix[:20]]
    chroma.close()

    assert sum(len(each) for each in shared) >= 190


def test_collections_of_another_version_audience_or_space_have_another_name():
    names = {
        collection_name(version=version, audience=audience, embedder_id=space)
        for version in (1, 2)
        for audience in ("public", "internal")
        for space in ("a", "b")
    }

    assert len(names) == 8
