/** The picture of the house and what holds the code against it. */
@NullMarked
package io.tollgate.tests.house;

import org.jspecify.annotations.NullMarked;
