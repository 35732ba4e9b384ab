/**
 * The scripted upstream: a server whose every answer is written beforehand, byte by byte, with
 * headers, delays and cuts. It can say what no honest HTTP server would, and keeps what it was
 * asked.
 */
@NullMarked
package io.tollgate.sandbox.script;

import org.jspecify.annotations.NullMarked;
