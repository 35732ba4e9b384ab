/**
 * The sandbox AI provider: a stand-in for model providers that speaks the real protocols of OpenAI,
 * Anthropic and Google over HTTP. It knows nothing of the rest of the program, so that what it
 * counts is an independent witness of what was served.
 */
@NullMarked
package io.tollgate.sandbox;

import org.jspecify.annotations.NullMarked;
