/** What upstreams do wrong, over the wire: what is passed on, what is believed, what is charged. */
@NullMarked
package io.tollgate.tests.upstream;

import org.jspecify.annotations.NullMarked;
