// SPDX-License-Identifier: Apache-2.0
// The compiled halves of Asio and Beast, once for the whole house.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
