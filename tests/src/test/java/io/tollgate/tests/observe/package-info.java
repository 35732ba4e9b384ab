/** What those see who watch a running program: traces, metrics, dashboards, alerts. */
@NullMarked
package io.tollgate.tests.observe;

import org.jspecify.annotations.NullMarked;
