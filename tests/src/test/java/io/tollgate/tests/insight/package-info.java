/** The log of requests, as an operator finds them. */
@NullMarked
package io.tollgate.tests.insight;

import org.jspecify.annotations.NullMarked;
