//! What a chroot has beyond its plan.
