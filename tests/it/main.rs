//! The program from outside: the real binary, the real images, an independent reference.

mod architecture;
mod bad_input;
mod commands;
mod exact_facts;
mod oracle;
mod published;
mod rooms;
mod support;
mod training;
mod window;
