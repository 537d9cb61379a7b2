# SPDX-License-Identifier: Apache-2.0
"""The language model in its own process: catalogue, worker, batched decoding, sampling, backends.

This package knows tokens and text; it knows nothing of interviews. `client.EngineClient` is the `TextModel` of
`askwell.domain.generation`; everything below `worker` runs in the child process only.
"""
