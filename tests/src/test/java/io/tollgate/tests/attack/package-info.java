/** What no sane caller sends, at the size that once brought the program down. */
@NullMarked
package io.tollgate.tests.attack;

import org.jspecify.annotations.NullMarked;
