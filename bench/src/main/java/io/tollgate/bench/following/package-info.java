/** P7: clients that follow users' numbers while these are charged. */
@NullMarked
package io.tollgate.bench.following;

import org.jspecify.annotations.NullMarked;
