# The flags that every target shares, once.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(TBB REQUIRED)
find_package(tl-expected REQUIRED)

add_library(orrery_options INTERFACE)
target_compile_features(orrery_options INTERFACE cxx_std_20)
target_include_directories(orrery_options INTERFACE ${CMAKE_SOURCE_DIR})
# No contraction: a trace must be the same whichever machine took it. Kernels that want a fused
# multiply-add ask for it by name.
target_compile_options(orrery_options INTERFACE -Wall -Wextra -Wshadow -Wno-psabi -Wno-missing-field-initializers -ffp-contract=off)
# One alignment for Eigen in every translation unit, whatever its instruction set (a different one is an
# ODR violation).
target_compile_definitions(orrery_options INTERFACE EIGEN_MAX_ALIGN_BYTES=64 )
if(ORRERY_NATIVE)
    target_compile_options(orrery_options INTERFACE -march=native)
else()
    target_compile_options(orrery_options INTERFACE -march=x86-64-v2)
endif()
if(ORRERY_SANITIZE)
    target_compile_options(orrery_options INTERFACE -fsanitize=${ORRERY_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(orrery_options INTERFACE -fsanitize=${ORRERY_SANITIZE})
endif()
find_program(ORRERY_MOLD mold)
if(ORRERY_MOLD)
    target_link_options(orrery_options INTERFACE -fuse-ld=mold)
endif()

find_program(ORRERY_CCACHE ccache)
if(ORRERY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ORRERY_CCACHE})
endif()
