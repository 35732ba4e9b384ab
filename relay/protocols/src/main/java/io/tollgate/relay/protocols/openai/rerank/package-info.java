/**
 * Documents that are put in order by a question, in the shapes of Cohere and Jina: counted by
 * reported search units or tokens.
 *
 * @see <a href="https://docs.cohere.com/reference/rerank">Cohere's rerank</a>
 * @see <a href="https://jina.ai/reranker">Jina's reranker</a>
 */
@NullMarked
package io.tollgate.relay.protocols.openai.rerank;

import org.jspecify.annotations.NullMarked;
