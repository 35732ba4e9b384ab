/** The descriptions of the interfaces, held against a running server. */
@NullMarked
package io.tollgate.tests.contract;

import org.jspecify.annotations.NullMarked;
