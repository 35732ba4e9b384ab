package io.tollgate.sandbox.internal.content;

/**
 * What the messages of a request amount to.
 *
 * @param tokens all of them, counted
 * @param audio how many of them are sound
 * @param images how many of them are pictures
 * @param seed what the answer is made from: the model and everything said
 * @param lastText what was said last, if a user said it; else empty
 */
public record Prompt(int tokens, int audio, int images, long seed, String lastText) {}
