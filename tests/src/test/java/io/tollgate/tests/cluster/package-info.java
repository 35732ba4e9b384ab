/** An installation of many processes on this machine, each of which can be killed. */
@NullMarked
package io.tollgate.tests.cluster;

import org.jspecify.annotations.NullMarked;
