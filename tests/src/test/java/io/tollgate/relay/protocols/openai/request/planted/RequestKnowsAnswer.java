package io.tollgate.relay.protocols.openai.request.planted;

import io.tollgate.relay.protocols.openai.answer.ChatStreamTap;

/** An arrow from a room up to one that stands on it. */
record RequestKnowsAnswer(ChatStreamTap tap) {}
