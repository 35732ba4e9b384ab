/** Requests that are answered by a list in one document: embeddings and moderations. */
@NullMarked
package io.tollgate.relay.protocols.openai.documents;

import org.jspecify.annotations.NullMarked;
