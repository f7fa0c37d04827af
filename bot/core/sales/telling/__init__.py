"""Whether a typed line tells of a sale, or of something else that names goods."""
