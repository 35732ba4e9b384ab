package io.tollgate.tests.crash;

/**
 * Tokens of each kind.
 *
 * @param input the prompt's, those read from a cache included
 * @param output the answer's, those spent on reasoning included
 */
record Usage(long input, long output, long cached, long reasoning) {}
